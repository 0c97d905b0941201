import { toHtml } from '../../docs/html.js';
import { PAGES, type Page, readPage } from '../../docs/index.js';
import { htmlPage } from '../docs.js';
import { Problem } from '../problem.js';
import { type Route, sendText } from '../route.js';

/** GET /docs/operator and its like: the pages of the documentation. They tell nothing of this service, so no key is asked for. */
export function docsRoutes(): Route[] {
  return PAGES.map((page) => {
    // Rendered on first need: most services are never asked.
    let html: string | undefined;
    return {
      method: 'get',
      path: `/docs/${page.name}`,
      open: true,
      handle(_request, answer) {
        html ??= render(page);
        sendText(answer, html, { type: 'text/html; charset=utf-8' });
      },
    };
  });
}

/** @throws Problem where the page's file is not there */
function render(page: Page): string {
  const markdown = readPage(page);
  if (markdown === undefined) {
    throw new Problem(
      'not-found',
      `The page ${page.name} is not installed here; /docs lists all that there is.`,
    );
  }
  const up = '../'.repeat(page.name.split('/').length);
  const main = `<nav><a href="${up}docs">Stet: API and all pages</a></nav>\n<main><article>${toHtml(page, markdown)}</article></main>`;
  return htmlPage(`Stet: ${page.name}`, main);
}
