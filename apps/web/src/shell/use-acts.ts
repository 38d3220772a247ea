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
  const announced = async <T>(...what: Parameters<typeof perform<T>>): Promise<T> => {
    const { answer, act } = await perform(...what);
    if (act) toast({ act });
    return answer;
  };
  return {
    /** Does it and says so; what is refused is thrown, for whoever can show it at its field. */
    perform: announced,
    /** Does it and says so, or says why not. @returns undefined when it was refused */
    attempt: <T>(...what: Parameters<typeof perform<T>>): Promise<T | undefined> =>
      announced(...what).catch((error: unknown) => (refused(error), undefined)),
    undo: (done: Done) => undo(done).then(() => toast({ act: done.act }), refused),
    redo: (done: Done) => redo(done).catch(refused),
    refused,
  };
}
