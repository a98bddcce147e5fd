using EdgeVoice.Linux.Alsa;

namespace EdgeVoice.Tests.Linux;

public class CardChainTests
{
    private const string Card = "Hardware PCM card 1 'Loopback' device 0 subdevice 0\nIts setup is:\n  rate         : 24000\n";

    [Theory]
    [InlineData(Card, true)]
    [InlineData("Plug PCM: Linear conversion PCM (S16_LE)\nIts setup is:\nSlave: " + Card, true)]
    [InlineData("Plug PCM: Rate conversion PCM (48000, sformat=S16_LE)\nSlave: " + Card, false)]
    [InlineData("Direct Stream Mixing PCM\nIts setup is:\n" + Card, false)]
    [InlineData("ALSA <-> PulseAudio PCM I/O Plugin\nIts setup is:\n", false)]
    [InlineData("", false)]
    public void CanRewind_OnlyWhereNothingBuffersBeforeTheCard(string dump, bool can) => Assert.Equal(can, CardChain.CanRewind(dump));
}
