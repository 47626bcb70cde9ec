import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { rehypeGithubAlerts } from "rehype-github-alerts";
import rehypeRaw from "rehype-raw";
import rehypeStringify from "rehype-stringify";
import remarkFrontmatter from "remark-frontmatter";
import remarkGemoji from "remark-gemoji";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import remarkRehype from "remark-rehype";
import { unified } from "unified";

const processor = unified()
  .use(remarkParse).use(remarkFrontmatter).use(remarkGfm).use(remarkGemoji)
  .use(remarkRehype, { allowDangerousHtml: true })
  .use(rehypeRaw).use(rehypeGithubAlerts).use(rehypeStringify);

mkdirSync("out", { recursive: true });
for (const name of readdirSync(".").filter((name) => name.endsWith(".md"))) {
  const page = processor.processSync(readFileSync(name, "utf8"));
  writeFileSync(`out/${name.replace(".md", ".html")}`, `<!doctype html><meta charset="utf-8"><main>${page}</main>`);
}
