import * as v from 'valibot';
import type { AppClient } from './app-client.ts';

/** The runs of the connection, the newest first. */
export const runsOf = async ({ get, connectionId }: AppClient): Promise<Run[]> =>
  v.parse(v.array(runSchema), await get(`/v1/connections/${connectionId}/runs`));

const runSchema = v.object({
  kind: v.string(),
  endedAt: v.nullable(v.string()),
  parts: v.array(v.object({ state: v.string() })),
});
type Run = v.InferOutput<typeof runSchema>;
