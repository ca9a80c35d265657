import { signal } from '@preact/signals';
import { call, type UndoChoice, type View } from '../api.ts';
import { notifyError } from './toasts.ts';

/** What a person is about to take back, as it would happen. */
export const undoing = signal<{
  connectionId: string;
  name: string;
  choice: UndoChoice;
  preview: View.UndoPreviewView;
} | null>(null);

/** Reads what taking back would do, and shows it; nothing is written yet. */
export async function lookAtUndo(
  connectionId: string,
  name: string,
  choice: UndoChoice,
): Promise<void> {
  const result = await call('POST /v1/connections/:connectionId/undo/preview', {
    params: { connectionId },
    body: { choice },
  });
  if (result.ok) undoing.value = { connectionId, name, choice, preview: result.value };
  else notifyError(result.error);
}

export const takeBack = (connectionId: string, choice: UndoChoice, seen: string) =>
  call('POST /v1/connections/:connectionId/undo', {
    params: { connectionId },
    body: { choice, seen },
  });
