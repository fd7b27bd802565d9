import { Component, type ReactNode } from "react";
import { now } from "../effects/monotonic-clock.ts";
import { MessageScreen } from "../screens/message-screen.tsx";
import { KioskContext } from "./context.ts";
import styles from "./error-boundary.module.css";
import { late } from "./lazy.tsx";

/** The tools may be what broke: help stands here by itself. */
export const askStaff = late(() => import("./ask-staff.tsx"));

const TRIES_AGAIN_AFTER = 3_000;

/** Whatever breaks while drawing: a calm message instead of an empty page, then the visit from its start. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { state: "whole" | "broken" }> {
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
			this.context?.store.dispatch({ type: "screen-broke", time: now() });
			this.setState({ state: "whole" });
		}, TRIES_AGAIN_AFTER);
	}

	override componentWillUnmount(): void {
		clearTimeout(this.#timer);
	}

	override render(): ReactNode {
		if (this.state.state === "whole") return this.props.children;
		return (
			<div className={styles.broken}>
				<MessageScreen message="lost" />
				<askStaff.Screen />
			</div>
		);
	}
}
