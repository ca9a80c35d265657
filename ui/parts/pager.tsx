import { number, say } from '../i18n.ts';
import { pagesTexts } from '../texts/en-pages.ts';
import { Button } from './button.tsx';

/** Forward by the server's cursor, and back to the first page. */
export function Pager({
  shown,
  total,
  next,
  page,
  onPage,
}: {
  shown: number;
  total: number;
  next: string | null;
  page: string;
  onPage: (page: string) => void;
}) {
  if (total === 0) return null;
  return (
    <div class="pager">
      <span>{say(pagesTexts.pager.shown, { shown: number(shown), total: number(total) })}</span>
      <span class="buttons">
        {page && <Button onClick={() => onPage('')}>{pagesTexts.pager.first}</Button>}
        {next && <Button onClick={() => onPage(next)}>{pagesTexts.pager.next}</Button>}
      </span>
    </div>
  );
}
