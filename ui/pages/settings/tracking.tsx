import { say } from '../../i18n.ts';
import { SelectField } from '../../parts/field.tsx';
import { settingsTexts } from '../../texts/en-settings.ts';
import type { FormOptions } from './form.tsx';

/** One select a tracking category of the system. */
export const Tracking = ({ view, draft, change, disabled }: FormOptions) => (
  <>
    {view.choices.tracking.map((category) => (
      <SelectField
        key={category.id}
        label={say(settingsTexts.tracking, { name: category.name })}
        disabled={disabled}
        value={draft.tracking.find((one) => one.categoryId === category.id)?.optionId ?? ''}
        choices={[
          { value: '', label: settingsTexts.none },
          ...category.options.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(optionId) => {
          const others = draft.tracking.filter((one) => one.categoryId !== category.id);
          const tracking = optionId ? [...others, { categoryId: category.id, optionId }] : others;
          change({ ...draft, tracking });
        }}
      />
    ))}
  </>
);
