using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Tests.Diagnostics;

public sealed class LatencyFigureTests
{
    private readonly LatencyFigure _figure = new();

    [Fact]
    public void Read_BeforeTheFirst_IsNull() => Assert.Null(_figure.Read());

    [Fact]
    public void Read_OfAFew_IsTheirMedianAndTheLongest()
    {
        foreach (var ms in (int[])[5, 1, 9, 2, 3]) _figure.Add(ms * 1_000_000);
        Assert.Equal(new LatencyDiagnostics(5, 3, 9), _figure.Read());
    }

    [Fact]
    public void Read_OfMoreThanAreKept_ForgetsAllButTheLongest()
    {
        _figure.Add(50_000_000);
        for (var i = 0; i < LatencyFigure.Kept; i++) _figure.Add(2_000_000);
        Assert.Equal(new LatencyDiagnostics(LatencyFigure.Kept + 1, 2, 50), _figure.Read());
    }
}
