import { useProblemTexts } from '../parts/notice.tsx';
import { perform, redo, undo, type Done } from '../undo/done.ts';
import { toast } from '../undo/toasts.ts';
import { note } from './notice-list.ts';

/** Acts of the user with their notices: what was done can be undone from it, what was refused says why. */
export function useActs() {
  const say = useProblemTexts();
  const refused = (error: unknown) => {
    const problem = say(error);
    toast({ problem });
    note(problem);
  };
  const announced: typeof perform = async (service, run, said) => {
    let correlation = '';
    const answer = await perform(
      service,
      (act) => {
        correlation = act.correlation;
        return run(act);
      },
      said,
    );
    toast({ act: correlation });
    return answer;
  };
  return {
    /** Does it and says so; what is refused is thrown, for whoever can show it at its field. */
    perform: announced,
    /** Does it and says so, or says why not. @returns undefined when it was refused */
    attempt: <T>(...[service, run, said]: Parameters<typeof perform<T>>): Promise<T | undefined> =>
      announced(service, run, said).catch((error: unknown) => (refused(error), undefined)),
    undo: (done: Done) => undo(done).then(() => toast({ act: done.act }), refused),
    redo: (done: Done) => redo(done).catch(refused),
    refused,
  };
}
