import { Component, type ReactNode } from 'react';
import { useText } from '../text/text';

/** Says that a page has broken, rather than showing nothing at all: on a wall nobody would notice a blank. */
export class BrokenPageCatcher extends Component<{ children: ReactNode }, { isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError(): { isBroken: boolean } {
    return { isBroken: true };
  }

  override render(): ReactNode {
    return this.state.isBroken ? <BrokenPage /> : this.props.children;
  }
}

function BrokenPage() {
  const { say } = useText();
  return (
    <main role="alert" className="broken">
      <h1>{say('app.failed')}</h1>
      <button type="button" onClick={() => location.reload()}>
        {say('app.retry')}
      </button>
    </main>
  );
}
