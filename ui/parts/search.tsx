import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { wait } from '../clock.ts';
import { TextField } from './field.tsx';

const settleMs = 300;

/** A search field that tells its text once the person stops typing. */
export function Search({
  label,
  value,
  onSearch,
}: {
  label: string;
  value: string;
  onSearch: (text: string) => void;
}) {
  const typed = useSignal(value);
  useEffect(() => {
    let current = true;
    if (typed.value !== value)
      void wait(settleMs).then(() => {
        if (current) onSearch(typed.value.trim());
      });
    return () => {
      current = false;
    };
  }, [typed.value]);
  return (
    <TextField
      label={label}
      type="search"
      value={typed.value}
      onChange={(text) => {
        typed.value = text;
      }}
    />
  );
}
