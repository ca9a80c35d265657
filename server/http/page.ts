import { AppError } from '../domain/errors.ts';
import type { Assets } from '../start-options.ts';

/**
 * A built page with facts for its script as `<meta>` members: nothing inline, nothing of a tenant.
 * File names become absolute, because the page is served at other depths than it was built for.
 */
export async function pageReply(
  assets: Assets,
  { file, meta }: { file: string; meta: Readonly<Record<string, string>> },
): Promise<Response> {
  const bytes = await assets(file);
  if (bytes === null) throw new AppError('internal');
  const html = Object.entries(meta).reduce(
    withMeta,
    new TextDecoder().decode(bytes).replaceAll(/(src|href)="\.\//g, '$1="/'),
  );
  return new Response(html, { headers: { 'Content-Type': 'text/html; charset=utf-8' } });
}

/** Fills the member that the page was built with, or adds one. */
function withMeta(html: string, [name, content]: [string, string]): string {
  const member = `<meta name="${escaped(name)}" content="${escaped(content)}">`;
  const built = new RegExp(`<meta name="${name}" content="[^"]*" ?/?>`);
  return built.test(html)
    ? html.replace(built, () => member)
    : html.replace('</head>', () => `${member}</head>`);
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => escapes[character] ?? '');
