import * as v from 'valibot';
import type { Business } from './begin.ts';
import type { Scene } from './scene.ts';

const moneySchema = v.object({ amount: v.string(), currency: v.string() });
/** A document as the preview shows it. */
const shownSchema = v.object({
  ref: v.string(),
  fingerprint: v.string(),
  taskIds: v.array(v.string()),
  needs: v.array(v.unknown()),
  documentKind: v.string(),
  target: v.object({ documentId: v.nullable(v.string()) }),
  postAs: v.string(),
  lines: v.array(
    v.object({
      description: v.string(),
      quantity: v.string(),
      unitPrice: v.string(),
      amount: moneySchema,
    }),
  ),
  before: moneySchema,
  after: moneySchema,
});
export type Shown = v.InferOutput<typeof shownSchema>;
const previewSchema = v.object({ plans: v.array(shownSchema) });
const needSchema = v.object({
  code: v.string(),
  subject: v.string(),
  facts: v.record(v.string(), v.string()),
});
const tasksSchema = v.object({
  rows: v.array(v.object({ id: v.string(), customerId: v.string(), needs: v.array(needSchema) })),
});
export type TaskRows = v.InferOutput<typeof tasksSchema>['rows'];

export type Choice = { kind: 'all' } | { kind: 'tasks'; taskIds: string[] };

/** The tasks of a view; none where the app cannot tell. */
export async function tasksOf(scene: Scene, { path }: Business, view: string): Promise<TaskRows> {
  const asked = await scene.ask(`look at ${view}`, () =>
    scene.person.call(`GET ${path}/tasks?view=${view}`),
  );
  const tasks = v.safeParse(tasksSchema, asked);
  return tasks.success ? tasks.output.rows : [];
}

/** The documents of a preview that ask nothing. */
export async function previewOf(
  scene: Scene,
  { path }: Business,
  choice: Choice,
): Promise<Shown[]> {
  const asked = await scene.ask('preview', () =>
    scene.person.call(`POST ${path}/preview`, { choice }),
  );
  const preview = v.safeParse(previewSchema, asked);
  return preview.success
    ? preview.output.plans.filter(
        ({ needs, ref }) => needs.length === 0 && !ref.startsWith('blocked:'),
      )
    : [];
}

/** Confirms it as it was seen. */
export async function confirm(
  scene: Scene,
  { path, confirmed }: Business,
  shown: readonly Shown[],
): Promise<void> {
  // Remembered before it is asked: the app may take it and crash before it answers.
  for (const one of shown) confirmed.set(one.fingerprint, one);
  const parts = shown.map(({ ref, fingerprint, taskIds }) => ({ ref, fingerprint, taskIds }));
  await scene.ask(`run of ${parts.length}`, () =>
    scene.person.call(`POST ${path}/runs`, { parts }),
  );
}
