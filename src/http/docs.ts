import { z } from 'zod';
import { PAGES } from '../docs/index.js';
import type { ApiDocument } from './openapi.js';
import { PROBLEMS } from './problem-codes.js';

/** What the page shows of a JSON Schema. */
const Schema = z.object({
  $ref: z.string().optional(),
  type: z.union([z.string(), z.array(z.string()).transform((types) => types.join(' or '))]).optional(),
  format: z.string().optional(),
  description: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  example: z.unknown().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  maxItems: z.number().optional(),
  required: z.array(z.string()).default([]),
  get items() {
    return Schema.optional();
  },
  get properties() {
    return z.record(z.string(), Schema).optional();
  },
  /** A schema of what other fields may hold, or whether there may be any, which the page leaves unsaid. */
  get additionalProperties() {
    return z.union([z.boolean(), Schema]).optional();
  },
  get anyOf() {
    return z.array(Schema).optional();
  },
});
type Schema = z.infer<typeof Schema>;

const Content = z.record(z.string(), z.object({ schema: Schema }));
const Headers = z.record(z.string(), z.object({ description: z.string(), example: z.string().optional() }));
const Operation = z.object({
  summary: z.string(),
  description: z.string().optional(),
  security: z.array(z.unknown()),
  parameters: z
    .array(
      z.object({
        name: z.string(),
        in: z.string(),
        required: z.boolean(),
        description: z.string(),
        schema: Schema,
      }),
    )
    .default([]),
  requestBody: z.object({ content: Content }).optional(),
  responses: z.record(
    z.string(),
    z.object({ description: z.string(), headers: Headers.optional(), content: Content.default({}) }),
  ),
});
type Operation = z.infer<typeof Operation>;

/** What the page shows of an OpenAPI document. */
const Api = z.object({
  info: z.object({ title: z.string(), version: z.string(), description: z.string() }),
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.object({ schemas: z.record(z.string(), Schema) }),
  servers: z.tuple([z.object({ url: z.string() })]),
});
type Schemas = z.infer<typeof Api>['components']['schemas'];

/**
 * The API as a page: without a script, and with nothing to fetch.
 * @param document its server is where the examples send their requests
 */
export function renderDocs(document: ApiDocument): string {
  const { info, paths, components, servers } = Api.parse(document);
  const [{ url: origin }] = servers;
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const contents = operations.map(
    ({ path, method }) => `<li><a href="#${anchor(method, path)}">${routeName(method, path)}</a></li>`,
  );
  const sections = operations.map(({ path, method, operation }) =>
    renderOperation(method, path, operation, components.schemas, origin),
  );
  const schemas = Object.entries(components.schemas).map(
    ([name, schema]) =>
      `<section id="${toId(name)}"><h3>${toHtml(name)}</h3>${paragraph(schema.description)}${renderFields(schema)}</section>`,
  );
  const pages = PAGES.filter(({ name }) => !name.includes('/')).map(
    ({ name, about }) => `<li><a href="docs/${name}" title="${toHtml(about)}">${name}</a></li>`,
  );
  return htmlPage(
    `${info.title} ${info.version}: API`,
    `<header><h1>${toHtml(info.title)} <small>${toHtml(info.version)}</small></h1>
${paragraph(info.description)}
<p>For programs: <a href="openapi.json">openapi.json</a>. Pages to read:</p></header>
<nav><ul>${pages.join('')}</ul></nav>
<nav><ul>${contents.join('')}<li><a href="#schemas">Schemas</a></li><li><a href="#problems">Problems</a></li></ul></nav>
<main>${sections.join('\n')}
<h2 id="schemas">Schemas</h2>
<p>Lengths and offsets are counted in UTF-16 units.</p>
${schemas.join('\n')}
${renderProblems()}</main>`,
  );
}

/**
 * A whole page, in the one style that the content security policy allows.
 * @param title plain text
 * @param body HTML
 */
export function htmlPage(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${toHtml(title)}</title>
<style>${DOCS_STYLE}</style>
</head>
<body>
${body}
</body>
</html>
`;
}

function renderOperation(
  method: string,
  path: string,
  operation: Operation,
  schemas: Schemas,
  origin: string,
): string {
  const { summary, description, parameters, requestBody, responses, security } = operation;
  const guarded = security.length > 0;
  const [type, body] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  const reply = exampleOf(Object.values(responses[200]?.content ?? {})[0]?.schema, schemas);
  const parts = [
    `<h2>${routeName(method, path)}</h2><p><strong>${toHtml(summary)}.</strong> ${toHtml(description ?? '')}</p>`,
    guarded ? '<p>Needs <code>Authorization: Bearer KEY</code>.</p>' : '',
    parameters.length > 0
      ? `<h3>Query</h3>${table(
          ['Parameter', 'Type', 'Meaning'],
          parameters.map((parameter) => [
            code(parameter.name),
            describeType(parameter.schema),
            toHtml(parameter.description),
          ]),
        )}`
      : '',
    body ? `<h3>Body</h3><p>${code(type ?? '')}: ${describeType(body.schema)}</p>` : '',
    `<h3>Answers</h3>${table(['Status', 'Body', 'Meaning'], Object.entries(responses).map(renderResponse))}`,
    `<h3>Example</h3>${pre(toCurl(method, origin + path, guarded, type, exampleOf(body?.schema, schemas)))}`,
    reply === undefined ? '' : `<p>answers</p>${pre(JSON.stringify(reply, null, 2))}`,
  ];
  return `<section id="${anchor(method, path)}">${parts.join('')}</section>`;
}

/** Every problem by its code, as programs may hold on to it. */
function renderProblems(): string {
  const rows = Object.entries(PROBLEMS).map(([name, { status, about }]) => [
    code(name),
    String(status),
    prose(about),
  ]);
  return `<h2 id="problems">Problems</h2>
<p>What <code>code</code> of a problem may be. A code never changes its meaning; new ones may be added.</p>
<section>${table(['Code', 'Status', 'Meaning'], rows)}</section>`;
}

function renderResponse([status, { description, headers = {}, content }]: [
  string,
  Operation['responses'][string],
]): string[] {
  const bodies = Object.entries(content).map(
    ([type, { schema }]) => `${code(type)}: ${describeType(schema)}`,
  );
  const fields = Object.entries(headers).map(
    ([name, header]) =>
      `<br>${code(header.example === undefined ? name : `${name}: ${header.example}`)} ${toHtml(header.description)}`,
  );
  return [toHtml(status), bodies.join('<br>'), toHtml(description) + fields.join('')];
}

/** The fields of a schema, those of inner objects too: `context.url`, `spans[].start`. */
function renderFields(schema: Schema): string {
  const rows = fieldRows(schema, '');
  return rows.length > 0
    ? table(['Field', 'Type', '', 'Meaning'], rows)
    : `<p>${schema.anyOf ? schema.anyOf.map(describeType).join(' or ') : describeType(schema)}</p>`;
}

function fieldRows(schema: Schema, prefix: string): string[][] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const path = prefix + name;
    return [
      [
        code(path),
        describeType(field),
        schema.required.includes(name) ? 'required' : 'optional',
        toHtml(field.description ?? ''),
      ],
      ...fieldRows(field, `${path}.`),
      ...(field.items ? fieldRows(field.items, `${path}[].`) : []),
    ];
  });
}

/** A schema's type in words, as HTML. */
function describeType(schema: Schema): string {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.split('/').at(-1) ?? '';
    return `<a href="#${toId(name)}">${toHtml(name)}</a>`;
  }
  if (schema.enum) return schema.enum.map((value) => code(String(value))).join(', ');
  if (schema.items) {
    const most = schema.maxItems === undefined ? '' : `at most ${schema.maxItems} `;
    return `array of ${most}${describeType(schema.items)}`;
  }
  if (typeof schema.additionalProperties === 'object' && !schema.properties) {
    return `object of ${describeType(schema.additionalProperties)}`;
  }
  const type = toHtml(schema.format ?? schema.type ?? 'any');
  if (schema.maxLength !== undefined)
    return `${type}, ${schema.minLength ?? 0} to ${schema.maxLength} characters`;
  if (schema.maximum !== undefined) return `${type}, ${schema.minimum ?? 0} to ${schema.maximum}`;
  return type;
}

function exampleOf(schema: Schema | undefined, schemas: Schemas): unknown {
  const name = schema?.$ref?.split('/').at(-1);
  return name === undefined ? schema?.example : schemas[name]?.example;
}

/** A command for a POSIX shell. */
function toCurl(
  method: string,
  url: string,
  guarded: boolean,
  type: string | undefined,
  body: unknown,
): string {
  const lines = [`curl -s ${method === 'get' ? '' : `-X ${method.toUpperCase()} `}${url}`];
  if (guarded) lines.push("-H 'authorization: Bearer KEY'");
  if (type !== undefined) lines.push(`-H 'content-type: ${type}'`);
  if (body !== undefined) lines.push(`-d '${JSON.stringify(body).replaceAll("'", "'\\''")}'`);
  return lines.join(' \\\n  ');
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[], tag: string) =>
    `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`;
  return `<table><thead>${line(heads, 'th')}</thead><tbody>${rows.map((row) => line(row, 'td')).join('')}</tbody></table>`;
}

function routeName(method: string, path: string): string {
  return `<b>${method.toUpperCase()}</b> ${code(path)}`;
}

function anchor(method: string, path: string): string {
  return toId(method + path);
}

function toId(name: string): string {
  return name.replace(/\W+/g, '-');
}

function paragraph(text: string | undefined): string {
  return text === undefined ? '' : `<p>${toHtml(text)}</p>`;
}

/** A sentence as HTML, what stands between backticks in it as code. */
function prose(text: string): string {
  return text
    .split('`')
    .map((part, at) => (at % 2 === 1 ? code(part) : toHtml(part)))
    .join('');
}

function code(text: string): string {
  return `<code>${toHtml(text)}</code>`;
}

function pre(text: string): string {
  return `<pre>${toHtml(text)}</pre>`;
}

function toHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** The page's only style; the content security policy knows it by its hash. */
export const DOCS_STYLE = `
:root{color-scheme:light dark;--line:#8884;--soft:#8881;--link:#06c}
@media(prefers-color-scheme:dark){:root{--link:#7bf}}
*{box-sizing:border-box}
body{font:16px/1.5 system-ui,sans-serif;max-width:62rem;margin:0 auto;padding:1.5rem}
h1 small{font-weight:400;opacity:.6}
h2{margin:0 0 .5rem;font-size:1.25rem}
h3{margin:1.2rem 0 .4rem;font-size:1rem}
a{color:var(--link)}
nav ul{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.4rem 1.4rem}
section{border:1px solid var(--line);border-radius:.5rem;padding:1rem 1.2rem;margin:1rem 0;overflow-x:auto}
section>h3:first-child{margin-top:0}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.35rem .8rem .35rem 0;border-bottom:1px solid var(--line)}
th{font-size:.85rem;opacity:.7}
code,pre{font:.9em ui-monospace,monospace}
code{background:var(--soft);padding:.1em .3em;border-radius:.2em}
pre{background:var(--soft);padding:.8rem;border-radius:.4rem;overflow-x:auto;margin:0}
pre code{background:none;padding:0}
article{overflow-x:auto}
article h2{margin-top:2.2rem}
`;
