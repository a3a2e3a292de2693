import { Component, type ReactNode } from "react";

interface Props {
  /** What shows in place of what failed; `again` tries it once more. */
  fallback: (error: Error, again: () => void) => ReactNode;
  children: ReactNode;
}

/** Keeps a mistake of ours to what is in it: what is around it goes on working. */
export class Guard extends Component<Props, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: Error } {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    return error ? this.props.fallback(error, () => this.setState({ error: null })) : this.props.children;
  }
}
