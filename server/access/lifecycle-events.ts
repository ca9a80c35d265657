import * as v from 'valibot';

export const lifecycleEvents = [
  'installed',
  'enabled',
  'disabled',
  'uninstalled',
  'redact',
] as const;
export type LifecycleEvent = (typeof lifecycleEvents)[number];

const text = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const common = { tid: text, iid: text };
const bare = <Event extends LifecycleEvent>(event: Event) =>
  v.strictObject({ ...common, evt: v.literal(event) });

export const modulesMax = 20;

/** As the manifest's schema describes it: paths are put behind it, so that it ends as a path. */
const apiBase = v.pipe(v.string(), v.maxLength(300), v.url(), v.regex(/^https?:\/\/[^\s#?@\\]+$/));

/** The body of each event, strict: the token's hash covers it, and its ids must equal the token's. */
export const lifecycleBodySchema = v.variant('evt', [
  v.strictObject({
    ...common,
    evt: v.literal('installed'),
    tenant: v.strictObject({
      name: v.pipe(v.string(), v.regex(/^[^\p{C}\p{Zl}\p{Zp}]{1,200}$/u)),
    }),
    plan: v.optional(text),
    apiBase,
    /** The tiles in place. */
    modules: v.pipe(
      v.array(v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,39}$/))),
      v.minLength(1),
      v.maxLength(modulesMax),
    ),
  }),
  bare('enabled'),
  bare('disabled'),
  bare('uninstalled'),
  bare('redact'),
]);
export type LifecycleBody = v.InferOutput<typeof lifecycleBodySchema>;
