CREATE TABLE `widget_sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`widget_id` text NOT NULL,
	`workspace_id` text NOT NULL,
	`thread_id` text NOT NULL,
	`secret_hash` text NOT NULL,
	`origin` text NOT NULL,
	`visitor` text,
	`lead` text,
	`messages` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`last_active_at` integer NOT NULL,
	FOREIGN KEY (`widget_id`) REFERENCES `widgets`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `widget_sessions_secret_hash_unique` ON `widget_sessions` (`secret_hash`);--> statement-breakpoint
CREATE INDEX `widget_sessions_widget` ON `widget_sessions` (`widget_id`,`id`);--> statement-breakpoint
CREATE INDEX `widget_sessions_unused` ON `widget_sessions` (`messages`,`created_at`);--> statement-breakpoint
CREATE TABLE `widget_usage` (
	`widget_id` text NOT NULL,
	`day` text NOT NULL,
	`messages` integer NOT NULL,
	PRIMARY KEY(`widget_id`, `day`),
	FOREIGN KEY (`widget_id`) REFERENCES `widgets`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `widgets` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`name` text NOT NULL,
	`enabled` integer NOT NULL,
	`mode` text NOT NULL,
	`model` text,
	`allow_model_override` integer NOT NULL,
	`allow_temperature_override` integer NOT NULL,
	`allow_prompt_override` integer NOT NULL,
	`allowed_origins` text NOT NULL,
	`messages_per_session` integer,
	`messages_per_day` integer,
	`title` text NOT NULL,
	`greeting` text NOT NULL,
	`accent_color` text NOT NULL,
	`position` text NOT NULL,
	`suggestions` text NOT NULL,
	`lead_form` text NOT NULL,
	`handover_url` text,
	`language` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `widgets_workspace` ON `widgets` (`workspace_id`,`id`);