import { signal } from '@preact/signals';
import {
  call,
  type DecisionValue,
  type Failure,
  type Result,
  type Scope,
  type View,
} from '../api.ts';
import { resource } from './resource.ts';
import { readPreview } from './run.ts';

/** Everything the wizard shows: the tasks it was opened for and the preview of writing them. */
export interface Work {
  tasks: View.TaskView[];
  preview: View.PreviewView;
}
export const work = resource(
  ['tasks', 'mappings'],
  async (connectionId: string, taskIds: string): Promise<Result<Work>> => {
    const ids = taskIds.split(',').filter(Boolean);
    const [preview, ...tasks] = await Promise.all([
      readPreview(connectionId, { kind: 'tasks', taskIds: ids }),
      ...ids.map((taskId) =>
        call('GET /v1/connections/:connectionId/tasks/:taskId', {
          params: { connectionId, taskId },
        }),
      ),
    ]);
    const failure: Failure | undefined = tasks.flatMap((one) => (one.ok ? [] : [one.error]))[0];
    if (failure) return { ok: false, error: failure };
    if (!preview.ok) return preview;
    return {
      ok: true,
      value: {
        preview: preview.value,
        tasks: tasks.flatMap((one) => (one.ok && isOpen(one.value) ? [one.value] : [])),
      },
    };
  },
);

/** Somebody may have billed or ignored it since the wizard was opened, in this window too. */
const isOpen = ({ state }: View.TaskView): boolean => state !== 'synced' && state !== 'ignored';

export const stepNames = [
  'customer',
  'product',
  'questions',
  'document',
  'lines',
  'confirm',
] as const;
export type StepName = (typeof stepNames)[number];

/** The step a person chose; null is the first that is not answered. */
export const chosenStep = signal<StepName | null>(null);
/** The line that is being edited. */
export const edited = signal<View.PlanLineView | null>(null);

export interface Asked {
  need: View.NeedView;
  task: View.TaskView;
}
const mapping = new Set<string>(['map-customer', 'map-product']);

export const unmappedCustomers = ({ tasks }: Work): { id: string; name: string }[] => {
  const open = tasks.filter(({ customerMapped }) => customerMapped === null);
  const byId = new Map(open.map((task) => [task.customerId, task.customerName]));
  return [...byId].map(([id, name]) => ({ id, name }));
};
export const unmappedProducts = ({ tasks }: Work): View.TaskView['products'] => {
  const byKey = new Map(
    tasks.flatMap(({ products }) => products.map((one) => [one.productKey, one] as const)),
  );
  return [...byKey.values()].filter(({ target }) => target === null);
};
/** Every other open question, each once. */
export function questionsOf({ tasks, preview }: Work): Asked[] {
  const found = new Map<string, Asked>();
  for (const task of tasks) {
    const plans = preview.plans.filter(({ taskIds }) => taskIds.includes(task.id));
    const needs = [
      ...task.groups.flatMap((group) => group.needs),
      ...plans.flatMap((plan) => plan.needs),
    ];
    for (const need of needs) {
      const key = `${need.code} ${need.subject} ${need.facts.seen ?? ''}`;
      if (!mapping.has(need.code) && !found.has(key)) found.set(key, { need, task });
    }
  }
  return [...found.values()];
}

/** The steps that still ask something, and the three that always come. */
export function stepsOf(of: Work): StepName[] {
  const asks: Readonly<Record<string, boolean>> = {
    customer: unmappedCustomers(of).length > 0,
    product: unmappedProducts(of).length > 0,
    questions: questionsOf(of).length > 0,
  };
  return stepNames.filter((name) => asks[name] ?? true);
}

export const decide = (connectionId: string, scope: Scope, value: DecisionValue) =>
  call('POST /v1/connections/:connectionId/decisions', {
    params: { connectionId },
    body: { scope, value },
  });
