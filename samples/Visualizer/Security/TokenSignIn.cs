using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;

namespace ElectricBrain.Samples.Visualizer.Security;

/// <summary>Lets in whoever knows the token; without a token, everybody who reaches the loopback address.</summary>
internal static class TokenSignIn
{
    public const string Path = "/signin";

    private const int AttemptsPerMinute = 10;

    public static void AddTokenSignIn(this IServiceCollection services, VisualizerOptions options)
    {
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(cookie =>
        {
            cookie.LoginPath = Path;
            cookie.ReturnUrlParameter = "from";
            cookie.Cookie.Name = "visualizer";
            cookie.Cookie.SameSite = SameSiteMode.Strict;
            cookie.ExpireTimeSpan = TimeSpan.FromDays(30);
            cookie.SlidingExpiration = true;
        });
        services.AddAuthorization(authorization => authorization.FallbackPolicy = options.Token is null
            ? null
            : new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
                HttpMethods.IsPost(context.Request.Method) && context.Request.Path.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase)
                    ? RateLimitPartition.GetFixedWindowLimiter("", _ => new FixedWindowRateLimiterOptions { PermitLimit = AttemptsPerMinute, Window = TimeSpan.FromMinutes(1) })
                    : RateLimitPartition.GetNoLimiter(""));
        });
    }

    /// <summary>Signs the visitor in when the token is right.</summary>
    public static async Task<bool> TryAsync(HttpContext context, VisualizerOptions options, string? token)
    {
        // Compared by their hashes: neither time nor length tells how much of a guess was right.
        if (options.Token is null || token is null || !CryptographicOperations.FixedTimeEquals(Hash(token.Trim()), Hash(options.Token)))
        {
            return false;
        }

        var visitor = new ClaimsIdentity([new Claim(ClaimTypes.Name, "visitor")], CookieAuthenticationDefaults.AuthenticationScheme);
        await context.SignInAsync(new ClaimsPrincipal(visitor), new AuthenticationProperties { IsPersistent = true });
        return true;
    }

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
