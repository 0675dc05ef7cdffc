CREATE TABLE `shares` (
	`id` text PRIMARY KEY NOT NULL,
	`thread_id` text NOT NULL,
	`workspace_id` text NOT NULL,
	`user_id` text,
	`token_hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer,
	`views` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`thread_id`) REFERENCES `threads`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `shares_token_hash_unique` ON `shares` (`token_hash`);--> statement-breakpoint
CREATE INDEX `shares_thread` ON `shares` (`thread_id`,`id`);--> statement-breakpoint
CREATE INDEX `shares_workspace` ON `shares` (`workspace_id`,`id`);--> statement-breakpoint
CREATE INDEX `shares_user` ON `shares` (`user_id`,`id`);