import type { Inputs } from '../api/queries.ts';

export type WidgetChange = Omit<Inputs['widgets']['update'], 'widgetId'>;
