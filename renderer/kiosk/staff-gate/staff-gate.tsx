import { useEffect, useRef, useState } from "react";
import type { KioskAction } from "../../../protocol/api/staff-gate-contract.ts";
import styles from "./staff-gate.module.css";

export type GateResult = "done" | "SIGN_IN_REFUSED" | "STAFF_LOCKED" | "unreachable" | "other";

interface StaffGateProps {
	act(pin: string, action: KioskAction): Promise<GateResult>;
	onClose(): void;
}

const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"] as const;
const SHORTEST_PIN = 4;
const LONGEST_PIN = 12;
const CLOSE_AFTER_MS = 30_000;

/** In the two languages of staff at once: whoever stands here has chosen none. */
const RESULTS: Readonly<Record<GateResult, readonly [chinese: string, english: string]>> = {
	done: ["请稍候…", "One moment…"],
	SIGN_IN_REFUSED: ["密码不正确", "Wrong PIN"],
	STAFF_LOCKED: ["错误次数过多，请十五分钟后再试", "Too many wrong PINs. Try again in 15 minutes"],
	unreachable: ["本站没有应答", "The station does not answer"],
	other: ["此处无法执行", "This cannot be done here"],
};

/** A supervisor's PIN, and what to do with the kiosk's window. It names nobody, and closes by itself. */
export function StaffGate({ act, onClose }: StaffGateProps) {
	const dialog = useRef<HTMLDialogElement>(null);
	const [pin, setPin] = useState("");
	const [result, setResult] = useState<GateResult | "pending" | null>(null);
	const close = useRef(onClose);
	close.current = onClose;
	useEffect(() => dialog.current?.showModal(), []);
	// biome-ignore lint/correctness/useExhaustiveDependencies: each touch gives it as long again.
	useEffect(() => {
		const timer = setTimeout(() => close.current(), CLOSE_AFTER_MS);
		return () => clearTimeout(timer);
	}, [pin, result]);
	const type = (digits: string) => {
		setResult(null);
		setPin(digits.slice(0, LONGEST_PIN));
	};
	const isReady = pin.length >= SHORTEST_PIN && result !== "pending" && result !== "done";
	const run = async (action: KioskAction) => {
		setResult("pending");
		const next = await act(pin, action);
		setPin("");
		setResult(next);
	};
	const message = result === null || result === "pending" ? null : RESULTS[result];
	return (
		<dialog
			ref={dialog}
			className={styles.gate}
			aria-label="工作人员 Staff"
			onCancel={(event) => {
				event.preventDefault();
				onClose();
			}}
		>
			<h2>
				<span lang="zh-Hans">主管密码</span> <span lang="en">Supervisor’s PIN</span>
			</h2>
			<p className={styles.dots} role="status" aria-label={`${pin.length}`}>
				{[...pin].map((_, index) => (
					// biome-ignore lint/suspicious/noArrayIndexKey: digits are only counted.
					<span key={index} />
				))}
			</p>
			<p className={styles.message} role="alert">
				{message && (
					<>
						<span lang="zh-Hans">{message[0]}</span> <span lang="en">{message[1]}</span>
					</>
				)}
			</p>
			<div className={styles.keys} dir="ltr">
				{DIGITS.map((digit) => (
					<button key={digit} type="button" onClick={() => type(pin + digit)}>
						{digit}
					</button>
				))}
				<button type="button" className={styles.word} onClick={() => type(pin.slice(0, -1))}>
					<span lang="zh-Hans">删除</span> <span lang="en">Delete</span>
				</button>
				<button type="button" onClick={() => type(`${pin}0`)}>
					0
				</button>
				<button type="button" className={styles.word} onClick={onClose}>
					<span lang="zh-Hans">返回</span> <span lang="en">Back</span>
				</button>
			</div>
			<div className={styles.actions}>
				<button type="button" disabled={!isReady} onClick={() => void run("restart")}>
					<span lang="zh-Hans">重新启动</span> <span lang="en">Restart</span>
				</button>
				<button type="button" disabled={!isReady} onClick={() => void run("leave")}>
					<span lang="zh-Hans">退出取号屏</span> <span lang="en">Leave the kiosk</span>
				</button>
			</div>
		</dialog>
	);
}
