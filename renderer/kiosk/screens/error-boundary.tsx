import { Component, type ReactNode } from "react";
import { now } from "../../ui/monotonic-clock.ts";
import { KioskContext } from "../components/context.ts";
import { lazy } from "../components/lazy.tsx";
import styles from "./error-boundary.module.css";
import { MessageScreen } from "./message-screen.tsx";

/** The toolbar may be what failed: the message has its own way to staff. */
export const askStaff = lazy(() => import("../components/ask-staff.tsx"));

const RETRY_MS = 3_000;

/** After an error while rendering: shows a calm message, then starts again with the next visitor. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
	static override contextType = KioskContext;
	declare context: React.ContextType<typeof KioskContext>;
	override state = { failed: false };
	#timer: ReturnType<typeof setTimeout> | undefined;

	static getDerivedStateFromError(): { failed: boolean } {
		return { failed: true };
	}

	override componentDidCatch(error: unknown): void {
		console.error("kiosk.screen.failed", error);
		this.#timer = setTimeout(() => {
			this.context?.store.dispatch({ type: "screen-failed", time: now() });
			this.setState({ failed: false });
		}, RETRY_MS);
	}

	override componentWillUnmount(): void {
		clearTimeout(this.#timer);
	}

	override render(): ReactNode {
		if (!this.state.failed) return this.props.children;
		return (
			<div className={styles.message}>
				<MessageScreen message="connectionLost" />
				<askStaff.Screen />
			</div>
		);
	}
}
