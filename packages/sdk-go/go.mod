module github.com/lorebox/lorebox-go

go 1.24
