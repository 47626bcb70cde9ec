mkdir -p out
for page in *.md; do
  pandoc --standalone --citeproc --bibliography refs.json --output "out/${page%.md}.html" "$page" || exit 1
done
