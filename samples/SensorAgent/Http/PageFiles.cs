using Microsoft.Extensions.FileProviders;

namespace ElectricBrain.Samples.SensorAgent.Http;

/// <summary>The page, which is part of the program file.</summary>
internal static class PageFiles
{
    public static void UsePage(this IApplicationBuilder app)
    {
        var files = new EmbeddedFileProvider(typeof(PageFiles).Assembly, $"{typeof(Agent).Namespace}.wwwroot");
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,

            // Asked for again each time and answered with "not modified", so that an update of the agent is an update of the page.
            OnPrepareResponse = static context => context.Context.Response.Headers.CacheControl = "no-cache",
        });
    }
}
