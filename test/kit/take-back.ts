import type { UndoPreviewBody } from '../../server/http/bodies.ts';
import type { RunView } from '../../server/http/views/runs.ts';
import type { UndoPreviewView } from '../../server/http/views/undo.ts';
import type { ReadyRoad } from './ready-road.ts';

type Choice = UndoPreviewBody['choice'];

/** What taking back would do, as a person sees it first. */
export const lookAtUndo = (
  { road, params }: Pick<ReadyRoad, 'road' | 'params'>,
  choice: Choice,
): Promise<UndoPreviewView> =>
  road.call('POST /v1/connections/:connectionId/undo/preview', { params, body: { choice } });

/** Sees it and confirms it. */
export async function takeBack(
  ready: Pick<ReadyRoad, 'road' | 'params'>,
  choice: Choice,
): Promise<RunView> {
  const { seen } = await lookAtUndo(ready, choice);
  const { road, params } = ready;
  return road.call('POST /v1/connections/:connectionId/undo', { params, body: { choice, seen } });
}
