using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ElectricBrain.Sensors.Sound.Sources.Alsa;

/// <summary>The functions of libasound (alsa-lib) for capturing; its reference describes them (alsa-project.org, PCM interface).</summary>
internal static unsafe partial class LibAsound
{
    public const int StreamCapture = 1;
    public const int NonBlocking = 1;
    public const int AccessInterleaved = 3;
    public const int StatePrepared = 2;

    private const string Library = "libasound.so.2";

    [LibraryImport(Library, EntryPoint = "snd_pcm_open", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(out nint pcm, string name, int stream, int mode);

    [LibraryImport(Library, EntryPoint = "snd_pcm_set_params")]
    public static partial int SetParameters(nint pcm, int format, int access, uint channels, uint rate, int resample, uint latencyMicroseconds);

    [LibraryImport(Library, EntryPoint = "snd_pcm_start")]
    public static partial int Start(nint pcm);

    [LibraryImport(Library, EntryPoint = "snd_pcm_state")]
    public static partial int State(nint pcm);

    [LibraryImport(Library, EntryPoint = "snd_pcm_readi")]
    public static partial nint Read(nint pcm, byte* buffer, nuint frames);

    [LibraryImport(Library, EntryPoint = "snd_pcm_recover")]
    public static partial int Recover(nint pcm, int error, int silent);

    [LibraryImport(Library, EntryPoint = "snd_pcm_close")]
    public static partial int Close(nint pcm);

    [LibraryImport(Library, EntryPoint = "snd_strerror")]
    public static partial nint ErrorText(int error);

    /// <summary>Keeps libasound from writing errors of this thread to the terminal while the returned value is in use: they are returned anyway.</summary>
    public static Silence Silenced() => new(SetErrorHandler(&Ignore));

    [LibraryImport(Library, EntryPoint = "snd_lib_error_set_local")]
    private static partial delegate* unmanaged[Cdecl]<byte*, int, byte*, int, byte*, nint, void> SetErrorHandler(
        delegate* unmanaged[Cdecl]<byte*, int, byte*, int, byte*, nint, void> handler);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Ignore(byte* file, int line, byte* function, int error, byte* format, nint arguments)
    {
    }

    public readonly ref struct Silence(delegate* unmanaged[Cdecl]<byte*, int, byte*, int, byte*, nint, void> previous)
    {
        public void Dispose() => SetErrorHandler(previous);
    }
}
