// Package lorebox is the client of Lorebox, the self-hosted AI workspace: ask your documents, get
// answers with citations you can check.
//
//	client, err := lorebox.NewClient(lorebox.WithAPIKey("lbx_..."))
//	if err != nil {
//		return err
//	}
//	answer, err := client.Ask(ctx, "demo", lorebox.ChatAskBody{Question: "How tall is the lighthouse?"})
//	if err != nil {
//		return err
//	}
//	for text, err := range answer.Text() {
//		if err != nil {
//			return err
//		}
//		fmt.Print(text)
//	}
//
// Types and methods for each operation are made from the server's OpenAPI document; what is in the
// other files is written by hand.
package lorebox
