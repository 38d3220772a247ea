import { ApiProblem } from '../../../api/problem.ts';
import { useProblemTexts } from '../../../parts/notice.tsx';
import { useDealTexts } from '../../../texts/deals/index.ts';

/** A refusal about lines in words, with the rule behind it. */
export function useLineProblem(): (error: unknown) => string {
  const [t, say] = [useDealTexts(), useProblemTexts()];
  return (error) => {
    if (error instanceof ApiProblem) {
      if (error.code === 'currencies-mixed') return t('currenciesMixed');
      if (error.code === 'no-price') return t('noPrice');
      if (error.code === 'product-inactive') return t('productInactive');
      if (error.code === 'value-too-large') return t('tooLarge');
    }
    const { title, detail } = say(error);
    return `${title} ${detail ?? ''}`;
  };
}
