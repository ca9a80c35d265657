import type { Result, View } from '../../api.ts';
import { plural } from '../../i18n.ts';
import { notifyError, settle } from '../../state/toasts.ts';
import { mappingTexts as texts } from '../../texts/en-mappings.ts';

type Bulk = Promise<Result<{ changed: number; failed: View.ErrorView[] }>>;

/** Says how many changed; the first failure is shown with its reason. */
export async function settleBulk(
  change: Bulk,
  said: { one: string; other: string } = texts.changed,
): Promise<boolean> {
  const done = await settle(
    change,
    ({ changed }) => plural(said, changed),
    'mappings',
    'tasks',
    'connection',
  );
  const [failure] = done?.failed ?? [];
  if (failure) notifyError(failure);
  return done !== null && failure === undefined;
}
