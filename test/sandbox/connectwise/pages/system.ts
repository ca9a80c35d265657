import { html } from 'hono/html';
import { actButton } from '../../people/forms.ts';
import type { Markup } from '../../people/layout.ts';
import { actForm, facts, table } from '../../people/parts.ts';
import { flagOf, textOf, wholeOf } from '../row.ts';
import { type RightName, VERBS, type Verb } from '../schema/rights.ts';
import type { World } from '../world.ts';
import { frame } from './frame.ts';

const BACK = '/system';

/** System > Members > API Members, Security Roles, and what was registered for callbacks. */
export function systemPage(world: World, problem: string | undefined): Markup {
  const { member, role } = world;
  const body = html`<h1>System</h1>
    <h2>API member</h2>
    ${facts([
      ['Company', world.companyId],
      ['Member', member.identifier],
      ['Public key', member.publicKey],
      ['Private key', member.privateKey],
      ['Active', member.isActive ? 'Yes' : 'No'],
      ['Codebase', world.codebase],
    ])}
    <p class="quiet">A real tenant shows the private key once, when it is made. Nothing here is real.</p>
    <div class="row">
      ${actButton({ action: 'newKeys', words: 'Make new keys', fields: {}, back: BACK })}
      ${actButton({
        action: 'setMemberActive',
        words: member.isActive ? 'Inactivate' : 'Activate',
        fields: { active: String(!member.isActive) },
        back: BACK,
      })}
      ${actButton({
        action: 'setHidesCosts',
        words: role.hidesCosts ? 'Let it read costs' : 'Hide costs from it',
        fields: { hides: String(!role.hidesCosts) },
        back: BACK,
      })}
    </div>
    <h2>Security role</h2>
    ${table({
      label: 'Rights',
      none: 'No right.',
      heads: ['Right', 'Levels'],
      rows: role
        .view()
        .map(({ name, verbs }) => [
          name,
          html`<div class="row">${VERBS.map((verb) => rightButton(name, verb, verbs.includes(verb)))}</div>`,
        ]),
    })}
    <h2>Table Setup, customised</h2>
    ${table({
      label: 'Tables',
      none: 'No table.',
      heads: ['Table', 'Access'],
      rows: role.tables().map(({ table: name, isGranted }) => [
        name,
        actButton({
          action: 'setTable',
          words: isGranted ? 'Allowed' : 'Not allowed',
          label: `${name}: ${isGranted ? 'take away' : 'allow'}`,
          fields: { table: name, granted: String(!isGranted) },
          back: BACK,
        }),
      ]),
    })}
    <h2>Callbacks</h2>
    ${table({
      label: 'Callbacks',
      none: 'Nobody has registered.',
      heads: ['Type', 'Level', 'Object', 'Address', 'Inactive'],
      rows: world.tables
        .all('CallbackEntry')
        .map((entry) => [
          textOf(entry, 'type'),
          textOf(entry, 'level'),
          String(wholeOf(entry, 'objectId') ?? ''),
          textOf(entry, 'url').split('?')[0] ?? '',
          flagOf(entry, 'inactiveFlag') ? 'Yes' : 'No',
        ]),
    })}
    <details class="card"><summary>Upgrade of the region</summary>
      <p class="quiet">Discovery then tells another codebase, and addresses below the old one are not found.</p>
      ${actForm({
        action: 'setCodebase',
        fields: {},
        back: BACK,
        words: 'Upgrade',
        inputs: [{ name: 'codebase', words: 'Codebase', value: 'v2027_1' }],
      })}
    </details>`;
  return frame({ world, section: 'system', title: 'System', body, problem });
}

const rightButton = (right: RightName, verb: Verb, isGranted: boolean): Markup =>
  actButton({
    action: 'setRight',
    words: `${verb}: ${isGranted ? 'all' : 'none'}`,
    label: `${right}, ${verb}: ${isGranted ? 'take away' : 'grant'}`,
    fields: { right, verb, granted: String(!isGranted) },
    back: BACK,
  });
