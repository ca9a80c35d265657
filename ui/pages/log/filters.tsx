import { useSignal } from '@preact/signals';
import { Button } from '../../parts/button.tsx';
import { SelectField, TextField } from '../../parts/field.tsx';
import { pagesTexts } from '../../texts/en-pages.ts';
import { CustomerFilter } from './customer-filter.tsx';

const texts = pagesTexts.log;
type Query = Readonly<Record<string, string>>;
type FilterName = 'from' | 'to' | 'actor' | 'action' | 'result' | 'customerId' | 'text' | 'level';

/** Day range, actor, action, result, customer; and text, which is searched inside chosen days only. */
export function Filters({ query, search }: { query: Query; search: (next: Query) => void }) {
  const draft = useSignal<Query>(query);
  const { from = '', to = '', actor = '', action = '', result = '', text = '' } = draft.value;
  const set = (name: FilterName) => (value: string) => {
    const { before: _cursor, ...rest } = draft.value;
    draft.value = { ...rest, [name]: value };
  };
  const needsDays = text !== '' && (from === '' || to === '');
  const any = { value: '', label: texts.any };
  return (
    <search
      class="tools"
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !needsDays) search(draft.value);
      }}
    >
      <TextField label={texts.from} type="date" value={from} onChange={set('from')} />
      <TextField label={texts.to} type="date" value={to} onChange={set('to')} />
      <SelectField
        label={texts.action}
        value={action}
        choices={[
          any,
          ...Object.entries(texts.actions).map(([value, label]) => ({ value, label })),
        ]}
        onChange={set('action')}
      />
      <SelectField
        label={texts.result}
        value={result}
        choices={[
          any,
          ...Object.entries(texts.results).map(([value, label]) => ({ value, label })),
        ]}
        onChange={set('result')}
      />
      <TextField label={texts.actor} value={actor} onChange={set('actor')} />
      <CustomerFilter value={draft.value.customerId ?? ''} set={set('customerId')} />
      <SelectField
        label={texts.level}
        value={draft.value.level ?? ''}
        choices={[any, ...Object.entries(texts.levels).map(([value, label]) => ({ value, label }))]}
        onChange={set('level')}
      />
      <TextField
        label={texts.text}
        type="search"
        value={text}
        error={needsDays ? texts.needsDays : null}
        onChange={set('text')}
      />
      <span class="buttons">
        <Button kind="main" disabled={needsDays} onClick={() => search(draft.value)}>
          {texts.apply}
        </Button>
        <Button
          kind="quiet"
          onClick={() => {
            draft.value = {};
            search({});
          }}
        >
          {texts.clear}
        </Button>
      </span>
    </search>
  );
}
