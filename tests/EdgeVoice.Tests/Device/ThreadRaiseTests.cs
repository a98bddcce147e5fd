using EdgeVoice.Device;

namespace EdgeVoice.Tests.Device;

public sealed class ThreadRaiseTests
{
    [Fact]
    public void Raise_Refused_IsToldOnce()
    {
        var raise = new ThreadRaise(() => "no");
        Assert.Equal(("no", null, null), (raise.Raise(), raise.Raise(), raise.Raise()));
    }

    [Fact]
    public void Raise_Granted_IsNotTold() => Assert.Null(new ThreadRaise(() => null).Raise());

    [Fact]
    public void Raise_Throwing_IsARefusalToo() =>
        Assert.Contains("bad call", new ThreadRaise(() => throw new InvalidOperationException("bad call")).Raise(), StringComparison.Ordinal);
}
