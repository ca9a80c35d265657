import { connection } from '../state/shell.ts';
import { DashboardPage } from './dashboard/dashboard.tsx';
import { StartPage } from './dashboard/start.tsx';

/** The Dashboard, or the way to a first connection. */
export const Home = () => {
  const here = connection.value;
  return here ? <DashboardPage key={here.id} id={here.id} /> : <StartPage />;
};
