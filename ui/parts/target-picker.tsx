import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Failure, Result, View } from '../api.ts';
import { say } from '../i18n.ts';
import { wizardTexts } from '../texts/en-wizard.ts';
import { reasonText } from '../texts/suggestion.ts';
import { sayWith } from '../texts/words.ts';
import { Badge } from './badge.tsx';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import { Search } from './search.tsx';
import { ErrorBox, Skeleton } from './states.tsx';

const texts = wizardTexts.picker;

/** Finds a company or item of the system by its name, with the suggestion on top. */
export function TargetPicker({
  label,
  start,
  find,
  suggestion,
  onPick,
}: {
  label: string;
  /** What is searched first, so that the list is not empty. */
  start: string;
  find: (search: string) => Promise<Result<View.TargetView[]>>;
  suggestion?: View.SuggestionView | null | undefined;
  onPick: (target: { id: string; name: string }) => unknown;
}) {
  const search = useSignal(start);
  const found = useSignal<View.TargetView[] | null>(null);
  const error = useSignal<Failure | null>(null);
  const read = async () => {
    const asked = search.value;
    const result = await find(asked);
    if (asked !== search.value) return;
    error.value = result.ok ? null : result.error;
    if (result.ok) found.value = result.value;
  };
  useEffect(() => {
    void read();
  }, [search.value]);
  return (
    <div class="picker">
      {suggestion && (
        <div class="suggestion">
          <Icon name="spark" />
          <p>
            <strong class="block">{suggestion.targetName}</strong>
            <span class="quiet">
              {say(texts.suggested, {
                percent: String(suggestion.scorePercent),
                reason: reasonText(suggestion.reason),
              })}
            </span>
          </p>
          <Button
            kind="main"
            needs="operator"
            onClick={() => onPick({ id: suggestion.targetId, name: suggestion.targetName })}
          >
            {say(texts.take, { name: suggestion.targetName })}
          </Button>
        </div>
      )}
      <Search
        label={label}
        value={search.value}
        onSearch={(text) => {
          search.value = text;
        }}
      />
      {error.value && <ErrorBox error={error.value} again={read} />}
      {found.value === null && !error.value && <Skeleton />}
      {found.value?.length === 0 && <p class="quiet">{sayWith(texts.none)}</p>}
      <ul class="targets">
        {found.value?.map((target) => (
          <li key={target.id}>
            <button
              type="button"
              disabled={target.archived}
              onClick={() => void onPick({ id: target.id, name: target.name })}
            >
              <strong>{target.name}</strong>
              <span class="quiet">{target.detail}</span>
              {target.archived && <Badge>{texts.archived}</Badge>}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
