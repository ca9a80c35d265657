import type { ComponentChildren } from 'preact';
import { SelectField } from '../../parts/field.tsx';
import { Search } from '../../parts/search.tsx';
import { href, place, replace } from '../../router.ts';
import type { Kind } from '../../state/mappings.ts';
import { mappingTexts as texts } from '../../texts/en-mappings.ts';

/** The filter of a list of mappings, kept in the address. */
export function filterText(): string {
  const { only, search, sort, page } = place.value.query;
  const given = Object.entries({ only, search, sort, page }).flatMap(([name, value]) =>
    value ? [[name, value]] : [],
  );
  return new URLSearchParams(given).toString();
}
export const refilter = (id: string, kind: Kind, changed: Record<string, string>): void => {
  const { page: _page, ...rest } = place.value.query;
  replace(href(['c', id, 'mappings', kind], { ...rest, ...changed }));
};

export function Tools({
  id,
  kind,
  children,
}: {
  id: string;
  kind: Kind;
  children: ComponentChildren;
}) {
  const { only = '', search = '' } = place.value.query;
  return (
    <>
      <div class="tools">
        <Search
          key={kind}
          label={texts.search}
          value={search}
          onSearch={(text) => refilter(id, kind, { search: text })}
        />
        <SelectField
          label={texts.show}
          value={only}
          choices={[
            { value: '', label: texts.shows.all },
            { value: 'unmapped', label: texts.shows.unmapped },
            { value: 'suggested', label: texts.shows.suggested },
          ]}
          onChange={(value) => refilter(id, kind, { only: value })}
        />
      </div>
      <div class="buttons">{children}</div>
    </>
  );
}
