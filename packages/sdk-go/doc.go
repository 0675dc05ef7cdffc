// Package lorebox is a client for Lorebox, the self-hosted AI workspace: ask your documents and get
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
// The types and the methods of each operation are generated from the OpenAPI document of the server; the
// other files are written by hand.
package lorebox
