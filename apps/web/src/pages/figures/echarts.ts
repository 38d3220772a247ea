/** Of the charts only what is drawn here; loaded by the figures alone. */
import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, MarkLineComponent } from 'echarts/components';
import { init, use as add } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

add([BarChart, LineChart, GridComponent, MarkLineComponent, CanvasRenderer]);

export { init };
