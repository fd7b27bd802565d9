import type { ReactNode } from "react";
import styles from "./button.module.css";

interface ButtonProps {
	kind: "primary" | "plain";
	onPress(): void;
	icon?: ReactNode;
	/** Looks the same and keeps the focus, but does nothing. */
	disabled?: boolean;
	children: ReactNode;
}

export function Button({ kind, onPress, icon, disabled = false, children }: ButtonProps) {
	return (
		<button
			type="button"
			data-kind={kind}
			className={kind === "primary" ? styles.primary : styles.plain}
			aria-disabled={disabled || undefined}
			onClick={disabled ? undefined : onPress}
		>
			{icon}
			<span>{children}</span>
		</button>
	);
}
