export default function Card({ title, footer, children }) {
  return (
    <section>
      <h4>{title}</h4>
      <div>{children}</div>
      <p>{footer}</p>
    </section>
  );
}
