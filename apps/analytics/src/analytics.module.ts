import { Module } from '@nestjs/common';
import { service } from '#service';
import { SalesFiguresController } from './sales-figures/sales-figures.controller.ts';
import { FIGURES_ANSWERS } from './sales-figures/sales-figures.ts';
import { SALES_SPANS } from './sales-figures/span-specs.ts';

@Module(
  service('analytics', {
    aggregates: {},
    controllers: [SalesFiguresController],
    answers: FIGURES_ANSWERS,
    follows: ['workspace', 'contacts', 'sales'],
    spans: SALES_SPANS,
  }),
)
export class AnalyticsModule {}
