var app = WebApplication.CreateBuilder(args).Build();
app.MapGet("/", () => "Hello from .NET\n");
app.Run($"http://0.0.0.0:{Environment.GetEnvironmentVariable("PORT")}");
