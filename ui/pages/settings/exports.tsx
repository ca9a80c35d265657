import { say } from '../../i18n.ts';
import { SelectField } from '../../parts/field.tsx';
import { marketplace } from '../../state/marketplace.ts';
import { useResource } from '../../state/resource.ts';
import { settingsTexts } from '../../texts/en-settings.ts';
import { sayWith } from '../../texts/words.ts';
import type { FormOptions } from './form.tsx';

const texts = settingsTexts.exports;
const settingOf = {
  products: 'exportProducts',
  quantity: 'exportQuantity',
  price: 'exportPrice',
  cost: 'exportCost',
} as const;
const onOff = [
  { value: 'on', label: texts.on },
  { value: 'off', label: texts.off },
];

/** What open lines get from the marketplace, each by itself; shown where the system can do without some. */
export const Exports = (form: FormOptions) => {
  const { exports } = form.view.capabilities;
  if (exports.length === 0) return null;
  return (
    <>
      <h3>{settingsTexts.groups.exports}</h3>
      {exports.map((field) => {
        const id = settingOf[field];
        return (
          <SelectField
            key={id}
            label={settingsTexts.fields[id].label}
            help={sayWith(settingsTexts.fields[id].help)}
            error={form.errors.get(id)}
            disabled={form.disabled}
            value={form.draft[id] ? 'on' : 'off'}
            choices={onOff}
            onChange={(value) => form.change({ ...form.draft, [id]: value === 'on' })}
          />
        );
      })}
      <Users {...form} />
      <DocumentType {...form} />
    </>
  );
};

/** Personal data, so it is off until somebody switches it on; where the marketplace tells no users, it says so. */
const Users = ({ view, draft, change, errors, disabled }: FormOptions) => {
  const { value } = useResource(marketplace);
  if (!view.capabilities.userLists) return null;
  const isUntold = value?.lacks.includes('users') === true;
  const { label, help } = settingsTexts.fields.exportUsers;
  return (
    <SelectField
      label={label}
      help={isUntold ? say(texts.noUsers, { name: value.name }) : sayWith(help)}
      error={errors.get('exportUsers')}
      disabled={disabled || isUntold || value === null}
      value={draft.exportUsers && !isUntold ? 'on' : 'off'}
      choices={onOff}
      onChange={(chosen) => change({ ...draft, exportUsers: chosen === 'on' })}
    />
  );
};

const DocumentType = ({ view, draft, change, errors, disabled }: FormOptions) =>
  view.choices.documentTypes.length === 0 ? null : (
    <SelectField
      label={sayWith(settingsTexts.fields.documentTypeId.label)}
      help={sayWith(settingsTexts.fields.documentTypeId.help)}
      error={errors.get('documentTypeId')}
      disabled={disabled}
      value={draft.documentTypeId ?? ''}
      choices={[
        { value: '', label: texts.usualType },
        ...view.choices.documentTypes.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      onChange={(value) => change({ ...draft, documentTypeId: value || null })}
    />
  );
