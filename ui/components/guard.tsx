import { Component, type ComponentChildren } from "preact";
import { Message } from "./basics.tsx";

/** A page that breaks must not take the navigation with it; going elsewhere is a fresh start. */
export class Guard extends Component<{ at: string; children: ComponentChildren }, { broken: string | null }> {
  override state = { broken: null as string | null };

  override componentDidCatch(error: Error) {
    console.error(error);
    this.setState({ broken: this.props.at });
  }

  override render() {
    if (this.state.broken !== this.props.at) return this.props.children;
    return (
      <Message type="error" title="This page went wrong">
        It is our mistake, and nothing was changed by it. Go to another page, or open Lockstep again.
      </Message>
    );
  }
}
