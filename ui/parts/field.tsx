import type { ComponentChildren, InputHTMLAttributes } from 'preact';
import { useId } from 'preact/hooks';

/** A labelled control with a sentence of help and, where it is refused, the reason. */
export function Field({
  label,
  help,
  error,
  bare,
  children,
}: {
  label: string;
  /** The name is only for screen readers, where a column's head already shows it. */
  bare?: boolean | undefined;
  help?: string | undefined;
  error?: string | null | undefined;
  children: (id: string, describedBy: string | undefined) => ComponentChildren;
}) {
  const id = useId();
  const described = help || error ? `${id}-help` : undefined;
  return (
    <div class={error ? 'field wrong' : 'field'}>
      <label for={id} class={bare ? 'hidden' : ''}>
        {label}
      </label>
      {children(id, described)}
      {described && (
        <p class="help" id={described}>
          {error && <strong class="wrong">{error} </strong>}
          {help}
        </p>
      )}
    </div>
  );
}

type InputOptions = Omit<InputHTMLAttributes<HTMLInputElement>, 'type' | 'role' | 'list'>;
/** One a type, since each type of input allows other attributes. */
const inputs = {
  text: (options: InputOptions) => <input type="text" {...options} />,
  password: (options: InputOptions) => <input type="password" {...options} />,
  date: (options: InputOptions) => <input type="date" {...options} />,
  time: (options: InputOptions) => <input type="time" {...options} />,
  number: (options: InputOptions) => <input type="number" {...options} />,
  search: (options: InputOptions) => <input type="search" {...options} />,
} as const;

interface TextOptions {
  label: string;
  value: string;
  onChange: (value: string) => void;
  help?: string | undefined;
  error?: string | null | undefined;
  type?: 'text' | 'password' | 'date' | 'time' | 'number' | 'search';
  inputMode?: 'text' | 'decimal' | 'numeric';
  maxLength?: number;
  disabled?: boolean;
}
export const TextField = ({
  label,
  value,
  onChange,
  help,
  error,
  type = 'text',
  inputMode = 'text',
  maxLength = 2000,
  disabled = false,
}: TextOptions) => (
  <Field label={label} help={help} error={error}>
    {(id, described) =>
      inputs[type]({
        id,
        inputMode,
        maxLength,
        disabled,
        'aria-describedby': described,
        'aria-invalid': Boolean(error),
        autocomplete: 'off',
        value,
        onInput: (event) => onChange(event.currentTarget.value),
      })
    }
  </Field>
);

/** Several lines of text. */
export const AreaField = ({
  label,
  value,
  onChange,
  help,
  error,
  maxLength = 3000,
  disabled = false,
}: Pick<
  TextOptions,
  'label' | 'value' | 'onChange' | 'help' | 'error' | 'maxLength' | 'disabled'
>) => (
  <Field label={label} help={help} error={error}>
    {(id, described) => (
      <textarea
        id={id}
        rows={3}
        maxLength={maxLength}
        disabled={disabled}
        aria-describedby={described}
        aria-invalid={Boolean(error)}
        autocomplete="off"
        value={value}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    )}
  </Field>
);

export interface Choice {
  value: string;
  label: string;
  disabled?: boolean;
}
export const SelectField = ({
  label,
  value,
  choices,
  onChange,
  help,
  error,
  disabled,
  bare,
}: {
  label: string;
  bare?: boolean;
  value: string;
  choices: readonly Choice[];
  onChange: (value: string) => void;
  help?: string | undefined;
  error?: string | null | undefined;
  disabled?: boolean;
}) => (
  <Field label={label} help={help} error={error} bare={bare}>
    {(id, described) => (
      <select
        id={id}
        aria-describedby={described}
        disabled={disabled}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value} disabled={choice.disabled}>
            {choice.label}
          </option>
        ))}
      </select>
    )}
  </Field>
);
