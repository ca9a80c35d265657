import { effect } from '@preact/signals';
import { render } from 'preact';
import { onSession } from './api.ts';
import { App } from './app.tsx';
import { browserHost } from './browser-host.ts';
import { reportHeight } from './height.ts';
import { type Theme, tellScreen } from './host.ts';
import { applyLocale } from './i18n.ts';
import { screen, startRouter } from './router.ts';
import { open, shut } from './state/session.ts';
import { tile } from './state/shell.ts';
import './styles/index.css';

onSession(
  ({ theme, locale }) => {
    applyTheme(theme);
    applyLocale(locale);
  },
  ({ module }) => {
    tile.value = module;
  },
  shut,
);
startRouter(window);
const root = document.getElementById('app');
if (root) render(<App />, root);
const host = browserHost(window);
reportHeight(window, host);
effect(() => tellScreen(host, screen.value));
void open();

function applyTheme(theme: Theme) {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
