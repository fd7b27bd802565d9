import { Component, type ReactNode } from "react";
import { KioskContext } from "../context.ts";
import { MessageScreen } from "../screens/message-screen.tsx";

const TRIES_AGAIN_AFTER = 3_000;

/** Whatever breaks while drawing: a calm message instead of an empty page, then the visit from its start. */
export class SafetyNet extends Component<{ children: ReactNode }, { state: "whole" | "broken" }> {
	static override contextType = KioskContext;
	declare context: React.ContextType<typeof KioskContext>;
	override state = { state: "whole" as const };
	#timer: ReturnType<typeof setTimeout> | undefined;

	static getDerivedStateFromError(): { state: "broken" } {
		return { state: "broken" };
	}

	override componentDidCatch(fault: unknown): void {
		console.error("a screen broke", fault);
		this.#timer = setTimeout(() => {
			this.context?.store.tell({ type: "screen-broke", time: Date.now() });
			this.setState({ state: "whole" });
		}, TRIES_AGAIN_AFTER);
	}

	override componentWillUnmount(): void {
		clearTimeout(this.#timer);
	}

	override render(): ReactNode {
		return this.state.state === "whole" ? this.props.children : <MessageScreen message="lost" />;
	}
}
