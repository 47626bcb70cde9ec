export default {
  title: "Sample",
  url: "http://localhost",
  baseUrl: "/",
  trailingSlash: false,
  onBrokenLinks: "ignore",
  markdown: { hooks: { onBrokenMarkdownLinks: "ignore", onBrokenMarkdownImages: "ignore" } },
  presets: [["classic", { docs: { routeBasePath: "/", sidebarPath: undefined }, blog: false }]],
};
