using ElectricBrain.Sensors.Display.Drawing;
using ElectricBrain.Sensors.Display.Pages;
using ElectricBrain.Sensors.Display.Rotation;
using ElectricBrain.Sensors.Enviro;

namespace ElectricBrain.Sensors.Display.Dashboard;

/// <summary>
/// The readings of an Enviro hat as pages of 160 x 80 pixels, of which a tap on the proximity sensor shows the next. A value that
/// is missing or old is never shown as current: its place says why. Not thread-safe.
/// </summary>
public sealed class EnviroDashboard
{
    /// <summary>Columns of a page.</summary>
    public const int Width = Page.Width;

    /// <summary>Rows of a page.</summary>
    public const int Height = Page.Height;

    /// <summary>Ages and graphs move on also while no reading comes.</summary>
    private static readonly TimeSpan LongestPicture = TimeSpan.FromSeconds(1);

    private readonly EnviroDashboardOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly long _start;
    private readonly EnviroSeries _series;
    private readonly Board _board;
    private readonly TapDetector _taps;
    private readonly PageRotation _rotation;
    private readonly Presence _presence;
    private List<(EnviroPage Name, Page Page)> _pages;
    private Canvas? _canvas;
    private TimeSpan _drawnAt;
    private bool _isChanged = true;

    /// <summary>Creates a dashboard that waits for readings.</summary>
    /// <param name="options">What it shows.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public EnviroDashboard(EnviroDashboardOptions? options = null, TimeProvider? timeProvider = null)
    {
        _options = options ?? new EnviroDashboardOptions();
        _options.Validate();
        _timeProvider = timeProvider ?? TimeProvider.System;
        _start = _timeProvider.GetTimestamp();
        _series = new EnviroSeries(_options.History, _options.StaleAfter);
        _board = new Board { Sensors = _series.Rows, StaleAfter = _options.StaleAfter };
        _taps = new TapDetector(_options.TapThreshold);
        _rotation = new PageRotation(_options.TurnPageAfter);
        _presence = new Presence(_options.DimAfter, _options.DimmedBrightness, _options.OffAfter);
        _pages = EnviroPages.Create(_options.Pages, _series);
        _rotation.Show(0, _pages.Count, TimeSpan.Zero);
    }

    /// <summary>The pages of the sensors that the hat has.</summary>
    public IReadOnlyList<EnviroPage> Pages => [.. _pages.Select(static page => page.Name)];

    /// <summary>The page that is shown.</summary>
    public EnviroPage CurrentPage => _pages[_rotation.Index].Name;

    /// <summary>How bright the panel should be, 0 for off to 1, by how long nobody has been near.</summary>
    public double Brightness => _presence.BrightnessAt(Now);

    private TimeSpan Now => _timeProvider.GetElapsedTime(_start);

    /// <summary>Takes a reading of all sensors.</summary>
    public void Update(in EnviroReading reading)
    {
        _board.ReadAt = Now;
        _board.IsSimulated = reading.IsSimulated;
        if (_series.Take(_board.ReadAt, reading))
        {
            var page = CurrentPage;
            _pages = EnviroPages.Create(_options.Pages, _series);
            _board.Sensors = _series.Rows;
            _rotation.Show(Math.Max(0, _pages.FindIndex(one => one.Name == page)), _pages.Count, _board.ReadAt);
        }

        _isChanged = true;
    }

    /// <summary>Takes the proximity, ten times a second or as often as it is read: a tap shows the next page.</summary>
    /// <param name="counts">The counts; null where they are not known.</param>
    /// <returns>Whether it was a tap. One that wakes the panel only wakes it.</returns>
    public bool ObserveProximity(int? counts)
    {
        var now = Now;
        if (counts is not { } near)
        {
            return false;
        }

        var isTap = _taps.Observe(now, near);
        var brightness = _presence.BrightnessAt(now);
        if (_taps.IsNear)
        {
            _presence.Notice(now);
            _isChanged |= brightness < 1;
        }

        if (isTap && brightness > 0)
        {
            ShowNext();
        }

        return isTap;
    }

    /// <summary>Shows the next page.</summary>
    public void ShowNext()
    {
        _rotation.Next(Now);
        _isChanged = true;
    }

    /// <summary>Shows a page.</summary>
    /// <exception cref="ArgumentException">It is none of <see cref="Pages"/>.</exception>
    public void Show(EnviroPage page)
    {
        var index = _pages.FindIndex(one => one.Name == page);
        if (index < 0)
        {
            throw new ArgumentException($"{page} is not among the pages: {string.Join(", ", Pages)}.", nameof(page));
        }

        _rotation.Show(index, _pages.Count, Now);
        _isChanged = true;
    }

    /// <summary>Draws the page, if it can have changed since it was last drawn into the same picture.</summary>
    /// <param name="frame">The picture, of <see cref="Width"/> x <see cref="Height"/> pixels.</param>
    /// <returns>Whether it was drawn.</returns>
    /// <exception cref="ArgumentException">The picture has another size.</exception>
    public bool Render(FrameBuffer frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (frame.Width != Width || frame.Height != Height)
        {
            throw new ArgumentException($"The pages are {Width} x {Height} pixels, the picture is {frame.Width} x {frame.Height}. Turn the panel to landscape.", nameof(frame));
        }

        var now = Now;
        if (_canvas?.Frame != frame)
        {
            _canvas = new Canvas(frame);
            _isChanged = true;
        }

        if (!(_rotation.Tick(now) | _isChanged) && now - _drawnAt < LongestPicture)
        {
            return false;
        }

        _board.Now = now;
        (_board.PageIndex, _board.PageCount) = (_rotation.Index, _rotation.Count);
        _pages[_rotation.Index].Page.Draw(_canvas, _board);
        (_isChanged, _drawnAt) = (false, now);
        return true;
    }
}
