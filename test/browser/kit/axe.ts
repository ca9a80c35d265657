import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame } from 'playwright-core';
import * as v from 'valibot';

/** The very script that @axe-core/playwright brings; put into the app's frame alone it needs no page of its own. */
const beside = createRequire(import.meta.resolve('@axe-core/playwright'));
const source = readFileSync(beside.resolve('axe-core/axe.min.js'), 'utf8');
const resultSchema = v.object({
  violations: v.array(v.object({ id: v.string(), nodes: v.array(v.object({ html: v.string() })) })),
});

/** What keeps somebody from using what this frame shows, by axe's rules: all, or these alone. */
export async function axeFaults(frame: Frame, rules: readonly string[] = []): Promise<string[]> {
  // While something is read, its place is held without a heading or a name.
  await frame.waitForSelector('.skeleton', { state: 'detached' });
  await frame.evaluate(settled);
  if (!(await frame.evaluate(() => 'axe' in window))) await frame.evaluate(source);
  const options = {
    resultTypes: ['violations'],
    ...(rules.length === 0 ? {} : { runOnly: { type: 'rule', values: rules } }),
  };
  // Below an open dialog nothing can be reached, and axe only guesses that from what covers what.
  const found = await frame.evaluate(
    `axe.run(document.querySelector('dialog[open]') ?? document, ${JSON.stringify(options)})`,
  );
  return v
    .parse(resultSchema, found)
    .violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
    );
}

/** A colour that is still changing has a contrast of its own; what turns for ever is not waited for. */
const settled = (): Promise<null> =>
  Promise.allSettled(
    document
      .getAnimations()
      .filter((one) => Number.isFinite(Number(one.effect?.getComputedTiming().endTime)))
      .map((one) => one.finished),
  ).then(() => null);
