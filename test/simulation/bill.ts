import * as v from 'valibot';
import type { Business } from './begin.ts';
import type { Scene } from './scene.ts';

const previewSchema = v.object({
  plans: v.array(
    v.object({
      ref: v.string(),
      fingerprint: v.string(),
      taskIds: v.array(v.string()),
      needs: v.array(v.unknown()),
    }),
  ),
});
const needSchema = v.object({
  code: v.string(),
  subject: v.string(),
  facts: v.record(v.string(), v.string()),
});
const tasksSchema = v.object({
  rows: v.array(v.object({ id: v.string(), customerId: v.string(), needs: v.array(needSchema) })),
});
export type TaskRows = v.InferOutput<typeof tasksSchema>['rows'];

/** What a person confirms of a preview. */
export interface Part {
  ref: string;
  fingerprint: string;
  taskIds: string[];
}
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
export async function previewOf(scene: Scene, { path }: Business, choice: Choice): Promise<Part[]> {
  const asked = await scene.ask('preview', () =>
    scene.person.call(`POST ${path}/preview`, { choice }),
  );
  const preview = v.safeParse(previewSchema, asked);
  return preview.success
    ? preview.output.plans
        .filter(({ needs, ref }) => needs.length === 0 && !ref.startsWith('blocked:'))
        .map(({ ref, fingerprint, taskIds }) => ({ ref, fingerprint, taskIds }))
    : [];
}

/** Confirms it as it was seen. */
export async function confirm(
  scene: Scene,
  { path }: Business,
  parts: readonly Part[],
): Promise<void> {
  await scene.ask(`run of ${parts.length}`, () =>
    scene.person.call(`POST ${path}/runs`, { parts }),
  );
}
