import GithubSlugger from 'github-slugger';
import { Marked } from 'marked';
import { PAGES, type Page, pageUrl } from './index.js';

/**
 * A page's Markdown as HTML, without head and style. Headings have the ids that code hosts give them. Links to other
 * pages lead to where the service serves them; links to files that are no page, such as sources, become plain text.
 * @example toHtml(page, '# Limits') // '<h1 id="limits">Limits</h1>'
 */
export function toHtml(page: Page, markdown: string): string {
  const slugger = new GithubSlugger();
  const marked = new Marked({
    async: false,
    renderer: {
      heading({ tokens, depth }) {
        const id = slugger.slug(this.parser.parseInline(tokens, this.parser.textRenderer));
        return `<h${depth} id="${id}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      link({ href, tokens }) {
        const text = this.parser.parseInline(tokens);
        const target = servedAt(page, href);
        return target === undefined ? text : `<a href="${target}">${text}</a>`;
      },
    },
  });
  return marked.parse(markdown, { async: false });
}

/**
 * The address to which a link of a page leads.
 * @returns undefined where it leads to a file that is not served
 */
function servedAt(page: Page, href: string): string | undefined {
  if (href.startsWith('#') || /^[a-z]+:/.test(href)) return href;
  const url = new URL(href, pageUrl(page));
  const target = PAGES.find((other) => pageUrl(other).pathname === url.pathname);
  // Relative, so that it holds behind a proxy that serves all this under a path of its own.
  return target && '../'.repeat(page.name.split('/').length - 1) + target.name + url.hash;
}
