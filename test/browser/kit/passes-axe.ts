import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as v from 'valibot';
import { expect } from 'vitest';
import type { Visitor } from './visitor.ts';

/** The very script that @axe-core/playwright brings; put into the app's frame alone it needs no page of its own. */
const beside = createRequire(import.meta.resolve('@axe-core/playwright'));
const source = readFileSync(beside.resolve('axe-core/axe.min.js'), 'utf8');
const resultSchema = v.object({
  violations: v.array(v.object({ id: v.string(), nodes: v.array(v.object({ html: v.string() })) })),
});

/** What the app shows now can be used by everybody; the marketplace's page around it is not judged. */
export async function passesAxe({ app }: Visitor, screen: string): Promise<void> {
  const frame = await app();
  // A colour that is still changing has a contrast of its own.
  await frame.evaluate(() =>
    Promise.allSettled(document.getAnimations().map((one) => one.finished)).then(() => null),
  );
  if (!(await frame.evaluate(() => 'axe' in window))) await frame.evaluate(source);
  // Below an open dialog nothing can be reached, and axe only guesses that from what covers what.
  const found = await frame.evaluate(
    "axe.run(document.querySelector('dialog[open]') ?? document, { resultTypes: ['violations'] })",
  );
  const faults = v
    .parse(resultSchema, found)
    .violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
    );
  expect(faults, screen).toEqual([]);
}
