import { createRoot } from 'react-dom/client';
import { LoreboxWidget, type LoreboxWidgetProps } from '../react.tsx';

const page = globalThis as unknown as { widgetProps: LoreboxWidgetProps; removeWidget(): void };
const root = createRoot(document.getElementById('root') as HTMLElement);
root.render(<LoreboxWidget {...page.widgetProps} />);
page.removeWidget = () => root.unmount();
